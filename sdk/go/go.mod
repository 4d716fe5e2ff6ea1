module tintype.example/tintype

go 1.24
