using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Logging;

/// <summary>Makes loggers, whose assembly is loaded here and not before.</summary>
internal static class LoggerSupply
{
    /// <summary>An <see cref="ILogger"/>, or the <see cref="ILogger{TCategoryName}"/> that is asked for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object Create(MessageWriter messages, string category, Type type)
    {
        if (!type.IsGenericType)
        {
            return new ProtocolLogger(messages, category);
        }

        var logger = typeof(Logger<>).MakeGenericType(type.GetGenericArguments());
        return Activator.CreateInstance(logger, new ProtocolLoggerFactory(messages))!;
    }
}
