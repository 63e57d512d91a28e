using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Threads;

namespace Turbulence.Resident.Doors;

/// <summary>
/// One way in, for one fault or one watch: a Unix socket in a folder of its own, a token, a lease, and a thread that is not the program's,
/// since the program's may all be busy. Nobody renews the lease: the fault is let go, the folder removed, the thread at its end.
/// <code>
///   folder with a token ─▶ OpenAll ─▶ socket ─▶ put ─▶ renew … look … renew ─▶ take ─▶ folder removed
///                                       └──────────── lease over ─────────────────────────┘
/// </code>
/// </summary>
internal sealed class Door
{
    /// <summary>How long nobody has to say anything before all is let go: within this, whatever became of whoever sent us.</summary>
    private static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(1.8);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly string folder;
    private readonly byte[] token;
    private readonly Socket socket;
    private IInnerFault? fault;
    private string? kind;
    private long renewed = Stopwatch.GetTimestamp();
    private bool isOver;

    private Door(string folder, string token, Socket socket)
    {
        this.folder = folder;
        this.token = Encoding.UTF8.GetBytes(token);
        this.socket = socket;
    }

    /// <summary>
    /// Opens a door in each folder that waits for this process; its socket listens when this returns. One that cannot be opened, since
    /// whoever has made its folder has taken it back meanwhile, does not stand in the way of the others.
    /// </summary>
    public static void OpenAll()
    {
        foreach (var folder in DoorFolder.Waiting())
        {
            try
            {
                Open(folder);
            }
            catch (Exception gone)
            {
                Debug.WriteLine(gone);
            }
        }
    }

    private static void Open(string folder)
    {
        if (DoorFolder.TakeToken(folder) is not { } token)
        {
            return;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, DoorFolder.SocketFile)));
            socket.Listen(16);
            GuestThread.Start("", new Door(folder, token, socket).Live);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Live()
    {
        try
        {
            while (!isOver && Stopwatch.GetElapsedTime(renewed) is var since && since < LongestLease)
            {
                if (socket.Poll(LongestLease - since, SelectMode.SelectRead))
                {
                    using var client = socket.Accept();
                    Serve(client);
                }
            }
        }
        catch (SocketException)
        {
            // Without open files nobody can be heard any more, so what is in is let go.
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        try
        {
            fault?.End();
        }
        catch (Exception unexpected)
        {
            Debug.WriteLine(unexpected);
        }

        socket.Dispose();
        DoorFolder.Remove(folder);
    }

    // One order, one answer. What a client does wrong is its own trouble, and never the program's.
    private void Serve(Socket client)
    {
        try
        {
            if (!PeerUser.IsTrusted(client))
            {
                return;
            }

            client.ReceiveTimeout = client.SendTimeout = (int)Patience.TotalMilliseconds;
            if (OrderLine.Read(client, Patience) is { } line)
            {
                client.Send(Answer(line).ToBytes());
            }
        }
        catch (Exception failure)
        {
            // It has gone, or says nothing; whatever it is, nobody else is to lose his fault because of it.
            Debug.WriteLine(failure);
        }
    }

    private Answer Answer(byte[] line)
    {
        try
        {
            using var order = new Order(line);
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(order.Token), token)
                ? Obey(order)
                : Doors.Answer.Refused("the token is not the one that was left here");
        }
        catch (Exception wrong)
        {
            return Doors.Answer.Refused($"{wrong.GetType().Name}: {wrong.Message}");
        }
    }

    private Answer Obey(Order order)
    {
        renewed = Stopwatch.GetTimestamp();
        switch (order.Verb)
        {
            case "put" when fault is null:
                var put = FaultCatalog.Make(order.Kind, order.Spec);
                put.Begin();
                (fault, kind) = (put, order.Kind);
                return Doors.Answer.Done;
            case "put":
                return Doors.Answer.Refused($"{kind} is in by this door already");
            case "take" when fault is null:
                isOver = true;
                return Doors.Answer.Done;
            case "renew" or "look" when fault is null:
                return Doors.Answer.Refused("nothing is in by this door");
            case "renew":
                return Doors.Answer.Done;
            case "look":
                return Doors.Answer.Seen(fault.Look());
            case "take":
                var last = fault.Look();
                fault.End();
                fault = null;
                isOver = true;
                return Doors.Answer.Seen(last);
            default:
                return Doors.Answer.Refused($"'{order.Verb}' is not known here");
        }
    }
}
