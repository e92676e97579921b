package dev.jangbu.sandbox.faults;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The faults of one call. */
public final class Directives {
    private final List<Fault> faults;
    private final AtomicBoolean hasPaused = new AtomicBoolean();

    private Directives(List<Fault> faults) {
        this.faults = List.copyOf(faults);
    }

    public static Directives none() {
        return new Directives(List.of());
    }

    static Directives of(List<Fault> faults) {
        return new Directives(faults);
    }

    public List<Fault> faults() {
        return faults;
    }

    public boolean has(FaultKind kind) {
        return find(kind).isPresent();
    }

    public Optional<Fault> find(FaultKind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).findFirst();
    }

    /** Waits as the fault says, in the machine's time, once; does nothing without one. */
    public void pause() {
        Optional<Fault> delay = find(FaultKind.DELAY);
        if (delay.isEmpty() || hasPaused.getAndSet(true)) {
            return;
        }
        try {
            Thread.sleep(delay.get().duration().toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
