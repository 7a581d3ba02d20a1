package jp.musubi.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * 計測の参加者 — An engine that may take part.
 *
 * @param name as the rows call it
 * @param missing why it cannot take part here, or empty when it can
 * @param note what sets its rows apart, for whoever reads them; may be empty
 * @param sample which of the two forms of a document it is given
 * @param command starts it, for a directory of parts and the address of the same over HTTP
 */
record Contestant(
    String name,
    Optional<String> missing,
    String note,
    Sample sample,
    BiFunction<Path, URI, List<String>> command) {

  /** The same with another heap; for Java only. */
  Contestant withHeap(int mebibytes) {
    return new Contestant(
        name,
        missing,
        note,
        sample,
        (parts, authorities) ->
            command.apply(parts, authorities).stream()
                .map(word -> word.startsWith("-Xmx") ? "-Xmx" + mebibytes + "m" : word)
                .toList());
  }

  /** The forms of a document. */
  enum Sample {
    /** With empty signature fields, as our engine has them. */
    PREPARED,
    /** Without any, for engines that make their own field. */
    PLAIN
  }
}
