using ScriptedWorker;

return args switch
{
    ["exits"] => Early.Exits(),
    ["mute"] => Early.Mute(),
    ["chatters"] => Early.Chatters(),
    _ => await new Session(args).RunAsync(),
};
