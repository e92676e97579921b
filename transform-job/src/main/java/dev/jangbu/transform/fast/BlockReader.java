package dev.jangbu.transform.fast;

import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.landing.PartInput;
import dev.jangbu.transform.reject.RawLine;
import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the parts of a landing into blocks of whole lines, the same ones each time. A byte order mark at a part's start is
 * left out; a line longer than a block is not held whole. Of one thread.
 */
final class BlockReader implements Closeable {
    private final List<LandingPart> parts;
    private final boolean isVerifying;
    private final byte[] carry = new byte[Block.CAPACITY];
    private int carried;
    private int part = -1;
    private boolean isAtStart;
    private @Nullable PartInput input;

    /** @param isVerifying whether the parts must have the digests their manifest names */
    BlockReader(List<LandingPart> parts, boolean isVerifying) {
        this.parts = List.copyOf(parts);
        this.isVerifying = isVerifying;
    }

    /** Fills the block with the next lines; false when the landing has ended. */
    boolean read(Block block) {
        if (input == null && part + 1 == parts.size()) {
            return false;
        }
        try {
            PartInput current = input == null ? open() : input;
            block.clear(part);
            fill(block, current);
            return true;
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", parts.get(Math.max(part, 0)).file(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (input != null) {
            input.close();
        }
    }

    private PartInput open() throws IOException {
        part++;
        carried = 0;
        isAtStart = true;
        input = new PartInput(parts.get(part), isVerifying);
        return input;
    }

    private void fill(Block block, PartInput current) throws IOException {
        System.arraycopy(carry, 0, block.data, 0, carried);
        int length = carried;
        carried = 0;
        boolean isEnd = false;
        while (!isEnd && length < Block.CAPACITY) {
            int read = current.read(block.data, length, Block.CAPACITY - length);
            isEnd = read < 0;
            length += Math.max(read, 0);
        }
        length = withoutMark(block.data, length);
        if (isEnd) {
            end(block, current, length);
            return;
        }
        int lines = lastBreak(block.data, length) + 1;
        if (lines == 0) {
            skip(block, current, length);
            return;
        }
        keep(block.data, lines, length);
        block.length = lines;
    }

    private void end(Block block, PartInput current, int length) throws IOException {
        block.length = length;
        if (length > 0 && block.data[length - 1] != '\n') {
            block.data[length] = '\n';
            block.length = length + 1;
        }
        end(block, current);
    }

    private void end(Block block, PartInput current) throws IOException {
        block.isLast = true;
        block.corrected = current.corrected();
        block.stale = current.stale();
        if (isVerifying) {
            current.verify();
        }
        current.close();
        input = null;
    }

    /** A line that does not end in the block: its head is kept, the rest is only counted and digested. */
    private void skip(Block block, PartInput current, int length) throws IOException {
        byte[] head = Arrays.copyOf(block.data, RawLine.HEAD_LIMIT);
        MessageDigest digest = RawLine.newDigest();
        digest.update(block.data, 0, length);
        long bytes = length;
        while (true) {
            int read = current.read(block.data, 0, Block.CAPACITY);
            int lineEnd = read < 0 ? 0 : firstBreak(block.data, read);
            digest.update(block.data, 0, lineEnd);
            bytes += lineEnd;
            if (read < 0 || lineEnd < read) {
                block.tooLong = new RawLine(head, bytes, HexFormat.of().formatHex(digest.digest()));
                if (read < 0) {
                    end(block, current);
                } else {
                    keep(block.data, lineEnd + 1, read);
                }
                return;
            }
        }
    }

    private void keep(byte[] data, int from, int to) {
        carried = to - from;
        System.arraycopy(data, from, carry, 0, carried);
    }

    private int withoutMark(byte[] data, int length) {
        boolean hasMark =
                isAtStart && length >= 3 && data[0] == (byte) 0xef && data[1] == (byte) 0xbb && data[2] == (byte) 0xbf;
        isAtStart = false;
        if (!hasMark) {
            return length;
        }
        System.arraycopy(data, 3, data, 0, length - 3);
        return length - 3;
    }

    private static int lastBreak(byte[] data, int length) {
        int at = length - 1;
        while (at >= 0 && data[at] != '\n') {
            at--;
        }
        return at;
    }

    private static int firstBreak(byte[] data, int length) {
        int at = 0;
        while (at < length && data[at] != '\n') {
            at++;
        }
        return at;
    }
}
