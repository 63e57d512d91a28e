namespace RandomNumbers.ServiceProcess;

/// <summary>The part of a service's <c>Main</c> that all services share: <c>--help</c>, <c>--daemon</c>, usage errors.</summary>
public static class ServiceProgram
{
    /// <summary>Reads the command line, then runs the service or starts it as a daemon.</summary>
    /// <param name="arguments">The arguments of <c>Main</c>.</param>
    /// <param name="usage">What <c>--help</c> prints, and what follows a usage error.</param>
    /// <param name="configure">Makes the service from its arguments; null, with the reader's problem set, when they are wrong.</param>
    /// <returns>The process's exit code: <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, string usage, Func<ArgumentReader, IService?> configure)
    {
        var reader = new ArgumentReader(arguments);
        if (reader.TakeSwitch("--help"))
        {
            Console.Out.WriteLine(usage);
            return ExitCode.Success;
        }

        var daemon = reader.TakeSwitch("--daemon");
        if (daemon && OperatingSystem.IsWindows())
        {
            reader.Refuse("--daemon needs Linux or macOS");
        }

        var service = configure(reader);
        if (service is null || reader.Problem is not null)
        {
            Console.Error.WriteLine(reader.Problem);
            Console.Error.WriteLine(usage);
            return ExitCode.Usage;
        }

        return daemon
            ? await DetachedStart.RunAsync(service.Name, [.. arguments.Where(argument => argument != "--daemon")])
            : await ServiceHost.RunAsync(service);
    }
}
