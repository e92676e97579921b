package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.Contract;
import dev.jangbu.sandbox.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void theSampleRequestIsAnsweredAsTheSampleShows() {
        Contract.requireFields(
                "ga4-report",
                Reader.letIn().report(Contract.sample("ga4-request").toString()).json());
    }
}
