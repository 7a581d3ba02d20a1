package jp.musubi.download;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.musubi.platform.PackedZip.Packed;
import tools.jackson.databind.json.JsonMapper;

/** The list of files in JSON, written beside as they come. */
final class Manifest implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path path;
  private final Writer out;
  private final Map<String, Object> told;
  private boolean any;

  Manifest(Map<String, Object> told) throws IOException {
    this.path = Files.createTempFile("musubi-manifest-", ".json");
    this.out = Files.newBufferedWriter(path);
    this.told = told;
    out.write("{\"files\":[");
  }

  void add(Packed packed, String number) throws IOException {
    var line = new LinkedHashMap<String, Object>();
    line.put("name", packed.name());
    line.put("sha256", packed.sha256());
    line.put("bytes", packed.bytes());
    line.put("contract", number);
    out.write((any ? ",\n" : "\n") + JSON.writeValueAsString(line));
    any = true;
  }

  void finish(Bundle.Written written) throws IOException {
    var rest = new LinkedHashMap<>(told);
    rest.put("contracts", written.contracts());
    rest.put("leftOut", written.leftOut());
    out.write("\n],\n" + JSON.writeValueAsString(rest).substring(1) + "\n");
    out.close();
  }

  void copyTo(OutputStream target) throws IOException {
    Files.copy(path, target);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(path);
  }
}
