package dev.jangbu.transform;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.transform.contract.ContractReader;
import dev.jangbu.transform.records.RecordContractReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a day is judged: options of every command that checks one. */
public final class JudgingOptions {
    @Option(
            names = "--contract",
            paramLabel = "NAME|FILE",
            defaultValue = "",
            description =
                    "The contract to judge by, packaged or a YAML file (default: the one the landing names; of an account's records: the dataset's).")
    private String contract = "";

    @Option(names = "--allow-empty", description = "Let a day without events pass.")
    private boolean allowEmpty;

    /** @throws JobFailure with {@link ExitCode#USAGE} when there is no such contract, or it cannot be read */
    public TransformOptions read(String dataset) {
        if (!contract.isEmpty() && TransformCommand.EVENTS.equals(dataset)) {
            ContractReader.read("--contract", contract);
        } else if (!contract.isEmpty()) {
            RecordContractReader.read("--contract", Path.of(contract), dataset);
        }
        return new TransformOptions(contract, allowEmpty);
    }
}
