namespace Turbulence.Platform.Loops;

/// <summary>Timers, the next one first: a binary heap in which each knows its place.</summary>
internal sealed class TimerHeap
{
    private LoopTimer[] heap = new LoopTimer[64];

    /// <summary>How many are set.</summary>
    public int Count { get; private set; }

    /// <summary>The next one.</summary>
    public LoopTimer? Next => Count > 0 ? heap[0] : null;

    /// <summary>Sets a timer, or sets it anew.</summary>
    public void Set(LoopTimer timer, long due)
    {
        if (timer.Place < 0)
        {
            if (Count == heap.Length)
            {
                Array.Resize(ref heap, Count * 2);
            }

            timer.Place = Count;
            heap[Count++] = timer;
        }

        timer.Due = due;
        Down(Up(timer.Place));
    }

    /// <summary>Stops a timer, if it is set.</summary>
    public void Stop(LoopTimer timer)
    {
        var place = timer.Place;
        if (place < 0)
        {
            return;
        }

        timer.Place = -1;
        var last = heap[--Count];
        heap[Count] = null!;
        if (last != timer)
        {
            heap[place] = last;
            last.Place = place;
            Down(Up(place));
        }
    }

    private int Up(int place)
    {
        var timer = heap[place];
        while (place > 0 && heap[(place - 1) / 2] is var parent && parent.Due > timer.Due)
        {
            heap[place] = parent;
            parent.Place = place;
            place = (place - 1) / 2;
        }

        heap[place] = timer;
        timer.Place = place;
        return place;
    }

    private void Down(int place)
    {
        var timer = heap[place];
        while ((place * 2) + 1 is var child && child < Count)
        {
            if (child + 1 < Count && heap[child + 1].Due < heap[child].Due)
            {
                child++;
            }

            if (heap[child].Due >= timer.Due)
            {
                break;
            }

            heap[place] = heap[child];
            heap[place].Place = place;
            place = child;
        }

        heap[place] = timer;
        timer.Place = place;
    }
}
