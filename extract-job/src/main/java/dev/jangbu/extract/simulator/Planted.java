package dev.jangbu.extract.simulator;

import dev.jangbu.kit.json.Json;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many faults of each kind were planted. */
final class Planted {
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

    Planted() {
        for (Fault fault : Fault.values()) {
            counts.put(fault, 0L);
        }
    }

    void count(Fault fault) {
        counts.merge(fault, 1L, Long::sum);
    }

    /** {@code failed} is what each check must count; {@code rejected} the records that must not pass. */
    byte[] report(SimulatorSource settings, LocalDate day) {
        Map<String, Long> failed = new LinkedHashMap<>();
        counts.forEach((fault, count) -> failed.merge(fault.check(), count, Long::sum));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("ds", day.toString());
        report.put("users", settings.users());
        report.put("seed", settings.seed());
        report.put("defects", settings.defects());
        report.put("failed", failed);
        report.put("rejected", rejected());
        return Json.pretty(report);
    }

    private long rejected() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isRejected())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
