package dev.jangbu.sandbox.ably;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook of one sheet, all cells text: the same bytes for the same rows. */
final class Workbook {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private Workbook() {}

    static byte[] of(String name, List<String> headers, List<List<String>> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "[Content_Types].xml", types());
            put(zip, "_rels/.rels", relation("rId1", "officeDocument", "xl/workbook.xml"));
            put(zip, "xl/_rels/workbook.xml.rels", relation("rId1", "worksheet", "worksheets/sheet1.xml"));
            put(zip, "xl/workbook.xml", workbook(name));
            put(zip, "xl/worksheets/sheet1.xml", sheet(headers, rows));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(1_700_000_000_000L));
        zip.putNextEntry(entry);
        zip.write((HEAD + content).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String types() {
        return "<Types xmlns=\"" + TYPES + "\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + MAIN + "sheet.main+xml\"/>"
                + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" + MAIN
                + "worksheet+xml\"/></Types>";
    }

    private static String relation(String id, String type, String target) {
        return "<Relationships xmlns=\"" + RELATIONS + "\"><Relationship Id=\"" + id + "\" Type=\"" + OFFICE + "/"
                + type + "\" Target=\"" + target + "\"/></Relationships>";
    }

    private static String workbook(String name) {
        return "<workbook xmlns=\"" + SHEET + "\" xmlns:r=\"" + OFFICE + "\"><sheets><sheet name=\"" + name
                + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    }

    private static String sheet(List<String> headers, List<List<String>> rows) {
        StringBuilder xml = new StringBuilder("<worksheet xmlns=\"" + SHEET + "\"><sheetData>");
        addRow(xml, 1, headers);
        for (int place = 0; place < rows.size(); place++) {
            addRow(xml, place + 2, rows.get(place));
        }
        return xml.append("</sheetData></worksheet>").toString();
    }

    private static void addRow(StringBuilder xml, int number, List<String> values) {
        xml.append("<row r=\"").append(number).append("\">");
        for (int column = 0; column < values.size(); column++) {
            xml.append("<c r=\"")
                    .append((char) ('A' + column))
                    .append(number)
                    .append("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
                    .append(Html.escaped(values.get(column)))
                    .append("</t></is></c>");
        }
        xml.append("</row>");
    }
}
