package dev.jangbu.spark.events;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Clean files as a table, read whole.
 *
 * @param read columns to read, texts and moments
 * @param remedy what to run when a file is not as its manifest says
 */
record CleanFileTable(List<CleanFile> files, StructType read, String remedy)
        implements SupportsRead, ScanBuilder, Scan, Batch {
    CleanFileTable {
        files = List.copyOf(files);
    }

    @Override
    public String name() {
        return "clean files";
    }

    /** Spark's own name for it is to be columns(), which it derives from this. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return read;
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return this;
    }

    @Override
    public Scan build() {
        return this;
    }

    @Override
    public StructType readSchema() {
        return read;
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return files.toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        SerializableConfiguration hadoop = new SerializableConfiguration(
                SparkSession.active().sparkContext().hadoopConfiguration());
        StructType columns = read;
        String told = remedy;
        return partition -> CleanFileReader.open((CleanFile) partition, columns, hadoop, told);
    }
}
