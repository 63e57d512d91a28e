using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class RawExperimentMaskTests
{
    [Fact]
    public void Section_15_4_K1_Inline_secrets_are_masked_and_definitions_stay()
    {
        var experiment = Json.Map("""
            {"title":"t","configuration":{"host":"h","vault_token":"hvs.1","vault_role_secret":{"type":"env","key":"RS"}},
             "secrets":{
                "inline":{"password":"hunter2","pin":7,"on":true,"none":null,"list":["a-secret",1],"deep":{"k":"v"}},
                "env":{"k":{"type":"env","key":"TOKEN","default":"fallback","env_var_type":"str"}},
                "vault":{"k":{"type":"vault","path":"db","key":"p"}},
                "file":{"k":{"type":"file","path":"token"}},
                "other":{"k":{"type":"aws","id":"AKIA"}},
                "scalar":"text-secret"},
             "method":[{"name":"x","provider":{"type":"http","url":"http://u:hunter2@h/?f=fallback"}}]}
            """);
        var before = experiment.ToJsonString();

        var masked = RawExperimentMask.Apply(experiment);

        Json.Same(
            """
            {"title":"t","configuration":{"host":"h","vault_token":"*****","vault_role_secret":{"type":"env","key":"RS"}},
             "secrets":{
                "inline":{"password":"*****","pin":"*****","on":true,"none":null,"list":["*****","*****"],"deep":{"k":"*****"}},
                "env":{"k":{"type":"env","key":"TOKEN","default":"*****","env_var_type":"str"}},
                "vault":{"k":{"type":"vault","path":"db","key":"p"}},
                "file":{"k":{"type":"file","path":"token"}},
                "other":{"k":{"type":"*****","id":"*****"}},
                "scalar":"*****"},
             "method":[{"name":"x","provider":{"type":"http","url":"http://u:*****@h/?f=*****"}}]}
            """,
            masked);
        Assert.Equal(before, experiment.ToJsonString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":"t"}""")]
    [InlineData("""{"secrets":null}""")]
    [InlineData("""{"secrets":[true]}""")]
    [InlineData("""{"configuration":null,"secrets":{}}""")]
    public void Where_there_is_no_secret_the_copy_is_the_same(string experiment)
    {
        Json.Same(experiment, RawExperimentMask.Apply(Json.Map(experiment)));
    }

    [Fact]
    public void Any_experiment_is_masked_without_a_throw()
    {
        Gen.Select(Json.Any, Json.Any, Json.Any).Sample(
            (secrets, configuration, method) =>
            {
                var experiment = new JsonObject
                {
                    ["secrets"] = secrets?.DeepClone(),
                    ["configuration"] = configuration?.DeepClone(),
                    ["method"] = method?.DeepClone(),
                };
                var before = experiment.ToJsonString();

                Assert.Equal(["secrets", "configuration", "method"], RawExperimentMask.Apply(experiment).Select(member => member.Key));
                Assert.Equal(before, experiment.ToJsonString());
            },
            iter: 500);
    }
}
