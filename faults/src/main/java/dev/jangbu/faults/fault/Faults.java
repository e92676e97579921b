package dev.jangbu.faults.fault;

import java.util.List;

/** All faults, in order of worth. */
public final class Faults {
    private static final int EXTRACT = 0;
    private static final int TRANSFORM = 1;
    private static final int LOAD = 2;
    private static final int MART = 6;

    private Faults() {}

    /** New ones: a fault may remember what it measured of an installation. */
    public static List<Fault> all() {
        Shop shop = new Shop();
        Cards cards = new Cards();
        return List.of(
                new KillFault(
                        "kill-extract",
                        scene -> List.of(Target.extract(scene.yardstick().day()))),
                new KillFault(
                        "kill-transform",
                        scene -> List.of(Target.transform(scene.yardstick().day()))),
                new KillFault(
                        "kill-load",
                        scene -> List.of(Target.load(scene.yardstick().day()))),
                new KillFault("kill-marts", scene -> Target.marts(scene.yardstick())),
                new KillWindowTransformFault(shop),
                new KillWindowLoadFault(shop),
                new KillCardExtractFault(cards),
                new KillCardTransformFault(cards),
                new KillCardLoadFault(cards),
                new ServerCrashFault(
                        "crash-load",
                        scene -> List.of(Target.load(scene.yardstick().day()))),
                new ServerCrashFault("crash-marts", scene -> Target.marts(scene.yardstick())),
                new NetworkCutFault("cut-extract", EXTRACT, false),
                new NetworkCutFault("cut-transform", TRANSFORM, false),
                new NetworkCutFault("cut-load", LOAD, false),
                new NetworkCutFault("cut-mart", MART, false),
                new NetworkCutFault("in-doubt-extract", EXTRACT, true),
                new NetworkCutFault("in-doubt-transform", TRANSFORM, true),
                new NetworkCutFault("in-doubt-load", LOAD, true),
                new NetworkCutFault("in-doubt-mart", MART, true),
                new FreezeFault(),
                new SimultaneousFault(),
                new StopFault(),
                new AbandonedFault(),
                new ServerAwayFault(),
                new FileLimitFault(),
                new DiskFullFault(),
                new DatabaseFullFault(),
                new TamperFault(),
                new ChangedWhileReadFault(),
                new GrowingInputFault(),
                new ReadersFault(),
                new BackfillFault(),
                new ClockFault(),
                new PoisonFault(),
                new VolumeFault(),
                new ManyEventsFault());
    }
}
