package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTextTest {
    private static final HistoryText TEXT = new HistoryText(ZoneId.of("Asia/Seoul"));
    private static final LakeSnapshot PUT = new LakeSnapshot(
            8312345678901234567L,
            Instant.parse("2026-01-16T01:02:03.456Z"),
            "put",
            "2026-01-15",
            1_234_567,
            "20260116T010200000Z-0a1b2c3d",
            Map.of("files-sha256", "f0"),
            LakeSnapshot.State.CURRENT);
    private static final LakeSnapshot BY_HAND = new LakeSnapshot(
            7L, Instant.parse("2026-01-16T00:00:00Z"), "delete", "", 0, "", Map.of(), LakeSnapshot.State.LEFT);

    @Test
    void aStateIsALine() {
        assertThat(TEXT.lines(List.of(PUT, BY_HAND)))
                .containsExactly(
                        "snapshot              at                   action    day                 rows  run                                state",
                        "8312345678901234567   2026-01-16 10:02:03  put       2026-01-15     1,234,567  20260116T010200000Z-0a1b2c3d       current",
                        "7                     2026-01-16 09:00:00  delete                                                                 left");
    }

    @Test
    void aLakeWithoutDaysSaysHowToPutOne() {
        assertThat(TEXT.lines(List.of()))
                .containsExactly("nothing was put yet; java -jar spark-job.jar lake put events --ds D");
    }

    @Test
    void programsGetIdsAsText() {
        assertThat(TEXT.json(List.of(PUT)))
                .isEqualTo(
                        "[{\"snapshot\":\"8312345678901234567\",\"at\":\"2026-01-16T01:02:03.456Z\",\"action\":\"put\","
                                + "\"day\":\"2026-01-15\",\"rows\":1234567,\"run_id\":\"20260116T010200000Z-0a1b2c3d\","
                                + "\"state\":\"current\"}]");
    }
}
