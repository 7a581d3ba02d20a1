package jp.musubi.seal;

/**
 * いまの段階 — how far a document is on its way: inspected → prepared → to be signed → sealed →
 * timestamped → preserved → archived → renewed. Each phase is immutable, offers only the steps that
 * are lawful from it, and can be written down and taken up elsewhere.
 *
 * <p>A phase names bytes: a file by its digest and, from "to be signed" on, what is to be appended
 * to it. Where the file lies is an argument of each step, and a file that is not the one meant is
 * refused. Nothing is written until somebody says {@code write}.
 */
public sealed interface Phase
    permits Inspected, Prepared, ToBeSigned, Sealed, Timestamped, Preserved, Archived, Renewed {

  /** The document's digest once everything of this phase is written. */
  Sha256 sha256();

  /** The document's length once everything of this phase is written. */
  long bytes();

  /**
   * The phase as text: a head line {@code musubi-seal 1 <phase>}, one line for each part, and a
   * last line with the SHA-256 of those before it. It holds no secret; it holds certificates, the
   * appended bytes and, before the timestamp, the signature value.
   */
  String encode();

  /**
   * What {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the text is anything else, or not whole
   */
  static Phase decode(String text) {
    var reader = PhaseText.read(text);
    try {
      return switch (reader.phase()) {
        case Inspected.NAME -> reader.end(Inspected.take(reader));
        case Prepared.NAME -> reader.end(Prepared.take(reader));
        case ToBeSigned.NAME -> reader.end(ToBeSigned.take(reader));
        case Sealed.NAME -> reader.end(Sealed.take(reader));
        case Timestamped.NAME -> reader.end(Timestamped.take(reader));
        case Preserved.NAME -> reader.end(Preserved.take(reader));
        case Archived.NAME -> reader.end(Archived.take(reader));
        case Renewed.NAME -> reader.end(Renewed.take(reader));
        default -> throw new IllegalArgumentException("no phase is called " + reader.phase());
      };
    } catch (IndexOutOfBoundsException | java.time.DateTimeException broken) {
      throw new IllegalArgumentException("a phase says less than expected", broken);
    }
  }
}
