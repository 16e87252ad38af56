//! What is written can be read.

use nml_hdf5::{Column, TableWriter};

#[test]
fn columns_grow_and_keep_their_attributes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.h5");
    let column = |name: &str, unit: &str| Column {
        name: name.to_owned(),
        attributes: vec![("units".to_owned(), unit.to_owned())],
    };
    let columns = [column("t", "s"), column("v", "V"), column("empty", "")];
    let ids = ["a".to_owned(), "µ2".to_owned()];
    let mut table = TableWriter::create(&path, &columns, &[("ids", &ids)]).unwrap();
    for start in (0..30_000).step_by(1000) {
        table.append(0, (start..start + 1000).map(f64::from)).unwrap();
        table.append(1, (start..start + 1000).map(|k| -0.5 * f64::from(k))).unwrap();
    }
    table.finish().unwrap();
    let file = hdf5_pure::File::open(&path).unwrap();
    let expected: Vec<f64> = (0..30_000).map(f64::from).collect();
    assert_eq!(file.dataset("t").unwrap().read_f64().unwrap(), expected);
    assert_eq!(file.dataset("v").unwrap().read_f64().unwrap()[29_999], -14_999.5);
    assert_eq!(file.dataset("ids").unwrap().read_string().unwrap(), ids);
    assert_eq!(file.dataset("empty").unwrap().shape().unwrap(), [0]);
}
