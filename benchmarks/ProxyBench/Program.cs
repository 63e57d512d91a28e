using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Turbulence.Platform.Files;
using Turbulence.Proxy;

// What benchmarks/proxy.sh measures with, beside wrk: the proxy itself, and the clients and servers that nobody else has.
return args switch
{
    ["proxy", var listen, var upstream, .. var more] => await ProxyAsync(listen, upstream, more),
    ["echo", var address] => Serve(address, Echo),
    ["source", var address] => Serve(address, Source),
    ["drain", var address, var seconds] => Drain(address, Number(seconds)),
    ["idle", var address, var count] => Idle(address, (int)Number(count)),
    ["sleep", var rounds] => Sleep((int)Number(rounds)),
    ["lag", var address, var rounds] => Lag(address, (int)Number(rounds)),
    _ => Usage(),
};

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("""
        proxy-bench proxy LISTEN UPSTREAM [THREADS [TYPE ATTRIBUTES [FILE]]]   a proxy, until it is ended; its decisions go to the file
        proxy-bench echo ADDRESS             a server that sends back what it gets
        proxy-bench source ADDRESS           a server that sends as much as it can
        proxy-bench drain ADDRESS SECONDS    reads from it: MB/s
        proxy-bench idle ADDRESS COUNT       that many connections, each used once, until the standard input ends
        proxy-bench sleep ROUNDS             5 ms of sleep: median and 99th percentile, in ms
        proxy-bench lag ADDRESS ROUNDS       one byte to and fro: median and 99th percentile, in ms
        """);
    return 64;
}

static async Task<int> ProxyAsync(string listen, string upstream, string[] more)
{
    await using var decisions = more is [_, _, _, var file] ? OutputFile.OpenAppend(file) : null;
    await using var server = new ProxyServer(
        new ProxyServerOptions { Threads = more is [var threads, ..] ? (int)Number(threads) : 1, Decisions = decisions });
    ToxicOptions[] toxics = more is [_, var type, var attributes, ..]
        ? [new ToxicOptions(type) { Attributes = JsonNode.Parse(attributes)!.AsObject() }]
        : [];
    var proxy = await server.CreateAsync(new ProxyOptions("bench", listen, upstream), toxics);
    Console.WriteLine(proxy.Listen);
    var ended = new TaskCompletionSource();
    using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        ended.TrySetResult();
    });
    await ended.Task;
    return 0;
}

static Socket Connected(string address)
{
    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    socket.Connect(IPEndPoint.Parse(address));
    return socket;
}

static int Serve(string address, Action<Socket> serve)
{
    using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    listener.Bind(IPEndPoint.Parse(address));
    listener.Listen(4096);
    Console.WriteLine(listener.LocalEndPoint);
    while (true)
    {
        var accepted = listener.Accept();
        accepted.NoDelay = true;
        new Thread(() =>
        {
            using (accepted)
            {
                try
                {
                    serve(accepted);
                }
                catch (SocketException)
                {
                    // The client has had enough.
                }
            }
        }, 64 * 1024).Start();
    }
}

static void Echo(Socket socket)
{
    var buffer = new byte[4096];
    while (socket.Receive(buffer) is > 0 and var count)
    {
        socket.Send(buffer.AsSpan(0, count));
    }
}

static void Source(Socket socket)
{
    var buffer = new byte[256 * 1024];
    while (true)
    {
        socket.Send(buffer);
    }
}

static int Drain(string address, double seconds)
{
    using var socket = Connected(address);
    var buffer = new byte[256 * 1024];
    var clock = Stopwatch.StartNew();
    long bytes = 0;
    while (clock.Elapsed.TotalSeconds < seconds && socket.Receive(buffer) is > 0 and var count)
    {
        bytes += count;
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6 / clock.Elapsed.TotalSeconds:0}"));
    return 0;
}

static int Idle(string address, int count)
{
    var sockets = new List<Socket>();
    var one = new byte[1];
    for (var i = 0; i < count; i++)
    {
        var socket = Connected(address);
        socket.Send(one);
        socket.Receive(one);
        sockets.Add(socket);
    }

    Console.WriteLine("open");
    while (Console.In.Read() >= 0)
    {
    }

    sockets.ForEach(socket => socket.Dispose());
    return 0;
}

static int Lag(string address, int rounds)
{
    using var socket = Connected(address);
    var one = new byte[1];
    return Time(rounds, () =>
    {
        socket.Send(one);
        socket.Receive(one);
    });
}

static int Sleep(int rounds) => Time(rounds, () => Thread.Sleep(5));

static int Time(int rounds, Action action)
{
    var times = new double[rounds];
    for (var i = -10; i < rounds; i++)
    {
        var begin = Stopwatch.GetTimestamp();
        action();
        if (i >= 0)
        {
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
    }

    Array.Sort(times);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[rounds / 2]:0.000} {times[rounds * 99 / 100]:0.000}"));
    return 0;
}
