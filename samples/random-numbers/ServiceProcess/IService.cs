using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace RandomNumbers.ServiceProcess;

/// <summary>What one service of the sample does; <see cref="ServiceHost"/> gives it a process and a port.</summary>
public interface IService
{
    /// <summary>The service's name: what messages call it, and its PID file's name without <c>.pid</c>.</summary>
    string Name { get; }

    /// <summary>The loopback port to listen on; 0 lets the system choose a free one.</summary>
    int Port { get; }

    /// <summary>
    /// Adds what the service is made of to what a request finds in <see cref="HttpContext.RequestServices"/>; nothing by default.
    /// </summary>
    /// <param name="services">Where it goes.</param>
    void Register(IServiceCollection services)
    {
    }

    /// <summary>Tells the port that is really listened on, before anybody can have learnt it.</summary>
    /// <param name="port">1 to 65535.</param>
    void Bound(int port);

    /// <summary>Answers one request, <c>GET /health</c> excepted. Nothing in it may block.</summary>
    /// <param name="context">The request and its response.</param>
    Task HandleAsync(HttpContext context);
}
