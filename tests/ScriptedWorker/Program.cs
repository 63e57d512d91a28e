using ScriptedWorker;

return args switch
{
    ["exits"] => Early.Exits(),
    ["mute"] => Early.Mute(),
    ["chatters"] when Early.Chatters() == 0 => await new Session(args).RunAsync(newLine: true),
    _ => await new Session(args).RunAsync(),
};
