// The echo service on grpc-go with Prometheus interceptors: what our transports are compared with.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"

	grpcprom "github.com/grpc-ecosystem/go-grpc-middleware/providers/prometheus"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// On the wire foo.EchoRequest and foo.EchoReply are what google.protobuf.StringValue is: field 1, a
// string. So this needs no generated code.
func echo(_ context.Context, name *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
	return wrapperspb.String("Hello " + name.GetValue() + "!"), nil
}

func handle(
	server any,
	ctx context.Context,
	decode func(any) error,
	interceptor grpc.UnaryServerInterceptor,
) (any, error) {
	request := new(wrapperspb.StringValue)
	if err := decode(request); err != nil {
		return nil, err
	}
	info := &grpc.UnaryServerInfo{Server: server, FullMethod: "/foo.Foo/echo"}
	return interceptor(ctx, request, info, func(ctx context.Context, request any) (any, error) {
		return echo(ctx, request.(*wrapperspb.StringValue))
	})
}

func main() {
	cert := flag.String("cert", "", "file of the certificate; without it connections are plaintext")
	key := flag.String("key", "", "file of its key")
	flag.Parse()

	metrics := grpcprom.NewServerMetrics(grpcprom.WithServerHandlingTimeHistogram())
	registry := prometheus.NewRegistry()
	registry.MustRegister(metrics)
	options := []grpc.ServerOption{
		grpc.UnaryInterceptor(metrics.UnaryServerInterceptor()),
		grpc.StreamInterceptor(metrics.StreamServerInterceptor()),
	}
	if *cert != "" {
		identity, err := credentials.NewServerTLSFromFile(*cert, *key)
		if err != nil {
			log.Fatal(err)
		}
		options = append(options, grpc.Creds(identity))
	}
	server := grpc.NewServer(options...)
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "foo.Foo",
		HandlerType: (*any)(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "echo", Handler: handle}},
	}, nil)
	metrics.InitializeMetrics(server)

	scraped, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go http.Serve(scraped, promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on %d\n", listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(server.Serve(listener))
}
