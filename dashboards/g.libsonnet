// The only import of Grafonnet: change its version here and in jsonnetfile.json.
import 'github.com/grafana/grafonnet/gen/grafonnet-v11.4.0/main.libsonnet'
