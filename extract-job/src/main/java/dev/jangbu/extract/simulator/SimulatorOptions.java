package dev.jangbu.extract.simulator;

import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.SourceOptions;
import picocli.CommandLine.Option;

/** The options of {@code --source simulator}. */
public final class SimulatorOptions implements SourceOptions {
    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "500",
            description = "simulator: users of the shop, about 4 events each on an average day (default: 500).")
    private int users = 500;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "simulator: the same seed and day give the same bytes (default: 7).")
    private long seed = 7;

    @Option(
            names = "--defects",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "simulator: share of events with a planted fault, 0 to 1; the faults are counted in"
                    + " defects.json beside the parts (default: 0).")
    private double defects;

    @Override
    public String source() {
        return SimulatorSource.NAME;
    }

    @Override
    public EventSource open() {
        return new SimulatorSource(users, seed, defects);
    }
}
