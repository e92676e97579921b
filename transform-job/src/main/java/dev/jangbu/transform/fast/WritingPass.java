package dev.jangbu.transform.fast;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.transform.check.Tallies;
import java.util.function.BooleanSupplier;

/** A reading of the landing that writes the clean and the rejected files. Of one thread. */
final class WritingPass implements AutoCloseable {
    private final BlockPipeline pipeline;
    private final CleanWriter writer;
    private final DayCommitter committer;
    private final Progress progress;

    /** @param tallies where all that is found is counted, but for {@code funnel_sequence} */
    WritingPass(DayReading reading, Comparison comparison, Tallies tallies) {
        this.pipeline = reading.blocks();
        this.writer = new CleanWriter(pipeline);
        this.committer = new DayCommitter(reading.contract(), comparison, tallies, writer);
        this.progress = reading.progress();
    }

    /** Reads the next part as long as it may go on, asked before each block; whether that was to the part's end. */
    boolean read(PartLedger part, BooleanSupplier mayGoOn) throws InterruptedException {
        boolean isLast = false;
        while (!isLast && mayGoOn.getAsBoolean()) {
            Block block = pipeline.next();
            isLast = block.isLast;
            committer.commit(block, part);
            progress.add(block.records.lines);
            writer.write(block, part.clean);
        }
        writer.await();
        return isLast;
    }

    /** Ends the day. */
    void finish() {
        committer.finish();
    }

    @Override
    public void close() {
        writer.close();
        pipeline.close();
    }
}
