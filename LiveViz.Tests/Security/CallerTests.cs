using System.Net;
using System.Security.Claims;
using LiveViz.Server.Security;
using Microsoft.AspNetCore.Http;

namespace LiveViz.Tests.Security;

public class CallerTests
{
    [Fact]
    public void Caller_who_is_signed_in_is_the_user_wherever_from()
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "anna")], "test"));

        Assert.Equal("user anna", Caller.Of(new FakeConnection { SignedIn = user }));
    }

    [Fact]
    public void Caller_whose_identity_was_not_proven_is_an_address()
    {
        var nobody = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "anna")]));

        Assert.Equal("this computer", Caller.Of(new FakeConnection { SignedIn = nobody }));
    }

    [Theory]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("::ffff:10.0.0.7", "10.0.0.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public void Address_is_the_same_whether_over_one_protocol_or_the_other(string remote, string address)
    {
        var request = new DefaultHttpContext();
        request.Connection.RemoteIpAddress = IPAddress.Parse(remote);

        Assert.Equal(address, Caller.Address(request));
    }
}
