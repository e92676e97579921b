package dev.jangbu.faults.fault;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;

/** One way to disturb the jobs. A round disturbs, lets the jobs go on as an orchestrator would, and compares. */
public interface Fault {
    /** As it is asked for: {@code kill-load}. */
    String name();

    /** Its numbers in the list of faults: {@code F01}. */
    String numbers();

    /** What it does, in one line. */
    String what();

    /** How many rounds this depth asks for. */
    int rounds(Scene scene) throws IOException, InterruptedException, SQLException;

    /** Why it cannot be run here; empty when it can. */
    default Optional<String> whyNot(Scene scene) {
        return Optional.empty();
    }

    /**
     * @param number of the round, from 0
     * @param random seeded by the torture's seed, the fault's name and the round
     * @param outcome takes what came of it
     */
    void round(Scene scene, int number, Random random, Outcome outcome)
            throws IOException, InterruptedException, SQLException;

    /** After the last round: ends what rounds share. */
    default void end() throws IOException {}
}
