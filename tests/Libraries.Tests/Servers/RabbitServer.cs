namespace Libraries.Tests.Servers;

/// <summary>RabbitMQ, on one processor, with Erlang's port mapper beside it: it would leave one behind.</summary>
internal sealed class RabbitServer : IRealServer
{
    // What Debian puts into PATH changes to another user and to a folder of the system.
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    public string Setting => "rabbitmq";

    public (string Program, string Package) Source => ("rabbitmq-server", "rabbitmq-server");

    public async Task<string> StartAsync(TemporaryFolder folder, List<ServerProcess> started)
    {
        var (port, distribution, mapper) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        folder.Write("plugins", "[].\n");
        folder.Write("rabbit.conf", $"""
            listeners.tcp.default = 127.0.0.1:{port}
            vm_memory_high_watermark.absolute = 256MB
            disk_free_limit.absolute = 1MB
            log.console = true
            log.console.level = error
            log.file = false

            """);
        var names = ServerProcess.Start(
            folder, [Needs.Search("epmd")!, "-port", $"{mapper}", "-address", "127.0.0.1"]);
        started.Add(names);
        await names.ListensAsync(mapper);
        var server = ServerProcess.Start(
            folder, [Server],
            ("HOME", folder.Path), ("ERL_EPMD_PORT", $"{mapper}"), ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", $"turbulence{port}@localhost"), ("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
            ("RABBITMQ_CONFIG_FILE", folder["rabbit.conf"]), ("RABBITMQ_GENERATED_CONFIG_DIR", folder["generated"]),
            ("RABBITMQ_MNESIA_BASE", folder["mnesia"]), ("RABBITMQ_LOG_BASE", folder["log"]),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", folder["plugins"]), ("RABBITMQ_DIST_PORT", $"{distribution}"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}"));
        started.Add(server);
        await server.ListensAsync(port);
        return $"amqp://guest:guest@127.0.0.1:{port}/";
    }
}
