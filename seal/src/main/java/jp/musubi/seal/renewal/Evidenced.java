package jp.musubi.seal.renewal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** 証拠の対象 — the files of one object, hashed as a record wants them, each algorithm once. */
public final class Evidenced {
  private final List<Path> files;
  private final Map<HashAlgorithm, List<byte[]>> digests = new EnumMap<>(HashAlgorithm.class);

  /** The files that belong together, at least one. */
  public Evidenced(List<Path> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("an object without files");
    }
    this.files = List.copyOf(files);
  }

  /** The digest of each file. */
  public List<byte[]> digests(HashAlgorithm algorithm) throws IOException {
    var known = digests.get(algorithm);
    if (known != null) {
      return known;
    }
    var made = new ArrayList<byte[]>();
    for (var file : files) {
      made.add(algorithm.digest(file));
    }
    digests.put(algorithm, List.copyOf(made));
    return made;
  }
}
