using System.Text;
using Turbulence.Hosts.Protocol;

namespace Turbulence.Hosts.Tests.Protocol;

public sealed class RpcMessageTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"a":1}}""", 7L, null, """{"a":1}""")]
    [InlineData("""{"result":[1],"more":{"x":[]},"id":8,"jsonrpc":"2.0"}""", 8L, null, "[1]")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"result":null}""", 9L, null, null)]
    [InlineData("""{"jsonrpc":"2.0","method":"log","params":{}}""", null, "log", null)]
    [InlineData("""{"jsonrpc":"2.0","id":9,"result":1,"error":null}""", 9L, null, "1")]
    public void A_message_is_read_in_any_order_of_its_members(string line, long? id, string? method, string? result)
    {
        Assert.True(RpcMessage.TryRead(Encoding.UTF8.GetBytes(line), out var message, out _));

        Assert.Equal((id, method, result), (message.Id, message.Method, message.Result?.ToJsonString()));
    }

    [Theory]
    [InlineData("", "it is no JSON that can be read")]
    [InlineData("hello", "it is no JSON that can be read")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"a":""", "it is no JSON that can be read")]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"result":1}]""", "it is no JSON object")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":1} {}""", "it is no JSON that can be read")]
    [InlineData("""{"id":7,"result":1}""", "it is not of JSON-RPC 2.0")]
    [InlineData("""{"jsonrpc":"2.0","id":7}""", "it is neither an answer nor a notification")]
    [InlineData("""{"jsonrpc":"2.0","result":7}""", "it is neither an answer nor a notification")]
    [InlineData("""{"jsonrpc":"2.0","id":"7","result":7}""", "it is neither an answer nor a notification")]
    public void What_is_no_message_is_told_so(string line, string problem)
    {
        Assert.False(RpcMessage.TryRead(Encoding.UTF8.GetBytes(line), out _, out var said));

        Assert.Equal(problem, said);
    }

    [Fact]
    public void Half_a_surrogate_pair_and_endless_depth_are_no_exceptions()
    {
        Assert.True(RpcMessage.TryRead("""{"jsonrpc":"2.0","id":7,"result":"\ud800"}"""u8, out _, out _));
        Assert.False(
            RpcMessage.TryRead(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":7,"result":""" + new string('[', 100_000)), out _, out _));
    }
}
