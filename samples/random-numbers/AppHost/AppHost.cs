// The three services of the sample under Aspire's orchestrator, each edge between them through a fault proxy.

var builder = DistributedApplication.CreateBuilder(args);

// The services leave their PID files where they are started: another folder for another AppHost beside this one.
var folder = builder.Configuration["folder"] ?? builder.AppHostDirectory;

var primary = builder.AddExecutable("primary", Built("RandServer", "rand-server"), folder)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health");
primary.WithArgs(context => Listen(context, primary, "primary"));

var secondary = builder.AddProject<Projects.RandServer>("secondary")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health");
secondary.WithArgs(context => Listen(context, secondary, builder.Configuration["secondary"] ?? "secondary"));

var web = builder.AddExecutable("web", Built("RequireRand", "require-rand"), folder)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(primary.GetEndpoint("http"))
    .WaitFor(primary)
    .WaitFor(secondary);
web.WithArgs(context =>
{
    context.Args.Add("--port");
    context.Args.Add(web.GetEndpoint("http").Property(EndpointProperty.TargetPort));
    context.Args.Add("--server");
    context.Args.Add(ReferenceExpression.Create($"primary={primary.GetEndpoint("http")}"));
    context.Args.Add("--server");
    context.Args.Add(ReferenceExpression.Create($"secondary={secondary.GetEndpoint("http")}"));
});

builder.AddChaos().WithExperiment("slow-primary", "slow-primary.yaml");

builder.Build().Run();

static void Listen(CommandLineArgsCallbackContext context, IResourceBuilder<IResourceWithEndpoints> service, string name)
{
    context.Args.Add(service.GetEndpoint("http").Property(EndpointProperty.TargetPort));
    context.Args.Add(name);
}

static string Built(string project, string program) => Path.GetFullPath(Path.Combine(
    AppContext.BaseDirectory,
    "..",
    "..",
    project,
    Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
    program));
