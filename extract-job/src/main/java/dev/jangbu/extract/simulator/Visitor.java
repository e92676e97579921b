package dev.jangbu.extract.simulator;

import java.util.SplittableRandom;

/** What a user comes with, the same on all days. */
record Visitor(String platform, String device, String os, String browser) {
    private static final Weights PLATFORMS = Weights.of(50, 25, 25);
    private static final String[] PLATFORM = {"web", "ios", "android"};
    private static final Weights WEB_DEVICES = Weights.of(70, 22, 8);
    private static final String[] WEB_DEVICE = {"desktop", "mobile", "tablet"};
    private static final Weights DESKTOP_SYSTEMS = Weights.of(75, 20, 5);
    private static final String[] DESKTOP_SYSTEM = {"Windows", "macOS", "Linux"};
    private static final String[] WINDOWS_BROWSER = {"Chrome", "Edge", "Whale"};
    private static final String[] ANDROID_BROWSER = {"Chrome", "Samsung Internet", "Whale"};

    static Visitor of(SplittableRandom random) {
        String platform = PLATFORM[PLATFORMS.draw(random)];
        if (platform.equals("web")) {
            return onWeb(random);
        }
        return platform.equals("ios")
                ? new Visitor(platform, "mobile", "iOS", "Safari")
                : new Visitor(platform, "mobile", "Android", pick(ANDROID_BROWSER, random));
    }

    private static Visitor onWeb(SplittableRandom random) {
        String device = WEB_DEVICE[WEB_DEVICES.draw(random)];
        if (!device.equals("desktop")) {
            return random.nextBoolean()
                    ? new Visitor("web", device, "iOS", "Safari")
                    : new Visitor("web", device, "Android", pick(ANDROID_BROWSER, random));
        }
        String os = DESKTOP_SYSTEM[DESKTOP_SYSTEMS.draw(random)];
        String browser =
                switch (os) {
                    case "Windows" -> pick(WINDOWS_BROWSER, random);
                    case "macOS" -> random.nextBoolean() ? "Safari" : "Chrome";
                    default -> random.nextBoolean() ? "Firefox" : "Chrome";
                };
        return new Visitor("web", device, os, browser);
    }

    /** On another platform than this one's: as no event of this user's session may be. */
    Visitor elsewhere() {
        return platform.equals("web")
                ? new Visitor("ios", "mobile", "iOS", "Safari")
                : new Visitor(platform, "desktop", os, browser);
    }

    private static String pick(String[] names, SplittableRandom random) {
        return names[random.nextInt(names.length)];
    }
}
