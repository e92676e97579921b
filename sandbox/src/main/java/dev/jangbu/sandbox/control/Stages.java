package dev.jangbu.sandbox.control;

import dev.jangbu.sandbox.account.Keys;

/** The present stage; a reset puts another in its place. */
public final class Stages {
    private final Keys keys = new Keys();
    private volatile Stage current;

    public Stages(StageSettings first) {
        current = Stage.of(first, keys);
    }

    public Stage current() {
        return current;
    }

    Stage reset(StageSettings settings) {
        Stage fresh = Stage.of(settings, keys);
        current = fresh;
        return fresh;
    }
}
