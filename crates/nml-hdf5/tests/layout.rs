//! Files laid out first and filled from front to end.

use nml_hdf5::{Hdf5Error, Layout, Type, Value, open};

const SORTING: &[&str] = &["none", "by_id", "by_time"];

fn example() -> Result<Layout, Hdf5Error> {
    let mut layout = Layout::new();
    layout.attribute("/", "magic", Value::U32(0x0a7a))?;
    layout.attribute("/", "version", Value::U32s(vec![0, 1]))?;
    layout.dataset("/spikes/pop/timestamps", Type::F64, &[3])?;
    layout.attribute("/spikes/pop/timestamps", "units", "ms")?;
    layout.attribute("/spikes/pop", "sorting", Value::Named(2, SORTING))?;
    layout.dataset("/spikes/pop/node_ids", Type::U64, &[3])?;
    layout.dataset("/spikes/nobody", Type::F64, &[0])?;
    layout.dataset("/table", Type::F32, &[2, 5])?;
    layout.dataset("/names", Type::of_texts(["a", "µ2"]), &[2])?;
    layout.dataset("/bytes", Type::U8, &[3])?;
    layout.dataset("/signed", Type::I32, &[2])?;
    layout.dataset("/wide", Type::I64, &[])?;
    layout.group("/empty")?;
    layout.attribute("/empty", "nothing", "")?;
    Ok(layout)
}

fn written() -> Result<Vec<u8>, Hdf5Error> {
    let mut file = example()?.begin(Vec::new())?;
    file.write("/spikes/pop/timestamps", &[0.5, 1.5])?;
    file.write("/spikes/pop/timestamps", &[1.0 / 3.0])?;
    file.write("/spikes/pop/node_ids", &[7_u64, 0, u64::MAX])?;
    for row in 0..2_u8 {
        let row: Vec<f32> = (0..5_u8).map(|k| f32::from(10 * row + k)).collect();
        file.write("/table", &row)?;
    }
    file.write_texts("/names", ["a", "µ2"])?;
    file.write("/bytes", &[1_u8, 2, 3])?;
    file.write("/signed", &[-1, 2])?;
    file.write("/wide", &[-5_i64])?;
    file.finish()
}

#[test]
fn another_reader_finds_everything() {
    let file = hdf5_pure::File::from_bytes(written().unwrap()).unwrap();
    let root = file.root();
    assert_eq!(root.attrs().unwrap()["magic"].as_u64(), Some(0x0a7a));
    assert_eq!(root.attrs().unwrap()["version"].to_u64s(), Some(vec![0, 1]));
    let times = file.dataset("spikes/pop/timestamps").unwrap();
    assert_eq!(times.read_f64().unwrap(), [0.5, 1.5, 1.0 / 3.0]);
    assert_eq!(times.attrs().unwrap()["units"].as_str(), Some("ms"));
    let ids = file.dataset("spikes/pop/node_ids").unwrap().read_u64().unwrap();
    assert_eq!(ids, [7, 0, u64::MAX]);
    assert_eq!(file.dataset("spikes/nobody").unwrap().shape().unwrap(), [0]);
    let table = file.dataset("table").unwrap();
    assert_eq!(table.shape().unwrap(), [2, 5]);
    assert_eq!(table.read_f32().unwrap()[6], 11.0);
    assert_eq!(file.dataset("names").unwrap().read_string().unwrap(), ["a", "µ2"]);
    assert_eq!(file.dataset("bytes").unwrap().read_u8().unwrap(), [1, 2, 3]);
    assert_eq!(file.dataset("signed").unwrap().read_i32().unwrap(), [-1, 2]);
    assert_eq!(file.dataset("wide").unwrap().read_i64().unwrap(), [-5]);
    let ours = open(std::io::Cursor::new(written().unwrap())).unwrap();
    assert_eq!(ours.groups().unwrap().len(), 2);
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut layout = example().unwrap();
    for path in ["no/slash", "", "/a//b", "/a/./b", "/table/x", "/table", "/spikes/pop", "/a\0"] {
        assert!(layout.dataset(path, Type::F64, &[1]).is_err(), "{path:?}");
    }
    assert!(layout.group("/table").is_err());
    assert!(layout.group("x").is_err());
    assert!(layout.dataset("/large", Type::F64, &[1 << 40, 1 << 40]).is_err());
    assert!(layout.attribute("/nothing", "a", "b").is_err());
    assert!(layout.attribute("/", "magic", "twice").is_err());
    layout.attribute("/", "long", "x".repeat(70_000).as_str()).unwrap();
    assert!(layout.begin(Vec::new()).is_err());

    let mut file = example().unwrap().begin(Vec::new()).unwrap();
    assert!(file.write("/spikes/pop/node_ids", &[1_u64]).is_err(), "not its turn");
    assert!(file.write("/spikes/pop/timestamps", &[1_u64]).is_err(), "another type");
    assert!(file.write("/spikes/pop/timestamps", &[1.0; 4]).is_err(), "too many");
    assert!(file.finish().is_err(), "too few");
}

#[test]
fn a_group_may_have_thousands_of_members() {
    let mut layout = Layout::new();
    for k in 0..5000 {
        layout.dataset(&format!("/all/{k}"), Type::U32, &[1]).unwrap();
    }
    let mut file = layout.begin(Vec::new()).unwrap();
    for k in 0..5000_u32 {
        file.write(&format!("/all/{k}"), &[k]).unwrap();
    }
    let file = hdf5_pure::File::from_bytes(file.finish().unwrap()).unwrap();
    assert_eq!(file.dataset("all/4711").unwrap().read_u32().unwrap(), [4711]);
}
