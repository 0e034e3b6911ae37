import bench.tree as t
