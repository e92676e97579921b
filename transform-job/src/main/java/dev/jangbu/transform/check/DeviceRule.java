package dev.jangbu.transform.check;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of check {@code platform_device} one record can fail by itself: an app runs on its own kind of phone. */
final class DeviceRule {
    private DeviceRule() {}

    /** Why it fails; empty when it passes. A device or system that is not told contradicts nothing. */
    static Optional<String> check(ObjectNode record, String platform) {
        String system = system(platform);
        if (system == null) {
            return Optional.empty();
        }
        String device = text(record, "device_type");
        if (device != null && !device.equals("mobile")) {
            return Optional.of("device_type: " + Shown.text(device) + " (expected: mobile on " + platform + ")");
        }
        String os = text(record, "os");
        if (os != null && !os.equals(system)) {
            return Optional.of("os: " + Shown.text(os) + " (expected: " + system + " on " + platform + ")");
        }
        return Optional.empty();
    }

    private static @Nullable String system(String platform) {
        return switch (platform) {
            case "ios" -> "iOS";
            case "android" -> "Android";
            default -> null;
        };
    }

    private static @Nullable String text(ObjectNode record, String name) {
        JsonNode value = record.get(name);
        return value != null && value.isString() && !Blank.is(value.stringValue()) ? value.stringValue() : null;
    }
}
