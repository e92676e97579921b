package dev.jangbu.spark.aggregate;

import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.csv.CsvOutputWriter;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map;

/**
 * A format of Spark's that writes each file twice, as Parquet and beside it as CSV, while the rows are at hand: a table is
 * then neither computed nor read once more for its second form. Spark makes one by its name.
 */
public final class TableFormat extends ParquetFileFormat {
    private static final long serialVersionUID = 1;

    @Override
    public OutputWriterFactory prepareWrite(
            SparkSession spark, Job job, Map<String, String> options, StructType columns) {
        CSVOptions csv = new CSVOptions(options, true, spark.conf().get("spark.sql.session.timeZone"));
        return new Factory(super.prepareWrite(spark, job, options, columns), csv);
    }

    private static final class Factory extends OutputWriterFactory {
        private static final long serialVersionUID = 1;

        private final OutputWriterFactory parquet;
        private final CSVOptions csv;

        Factory(OutputWriterFactory parquet, CSVOptions csv) {
            this.parquet = parquet;
            this.csv = csv;
        }

        @Override
        public String getFileExtension(TaskAttemptContext context) {
            return parquet.getFileExtension(context);
        }

        @Override
        public OutputWriter newInstance(String path, StructType columns, TaskAttemptContext context) {
            return new Both(
                    parquet.newInstance(path, columns, context),
                    new CsvOutputWriter(path + TableName.CSV, columns, context, csv));
        }
    }

    /** Both forms of a file. What is left of a task that fails goes with its folder. */
    private static final class Both extends OutputWriter {
        private final OutputWriter parquet;
        private final OutputWriter csv;

        Both(OutputWriter parquet, OutputWriter csv) {
            this.parquet = parquet;
            this.csv = csv;
        }

        @Override
        public void write(InternalRow row) {
            parquet.write(row);
            csv.write(row);
        }

        @Override
        public void close() {
            try {
                parquet.close();
            } finally {
                csv.close();
            }
        }

        @Override
        public String path() {
            return parquet.path();
        }
    }
}
