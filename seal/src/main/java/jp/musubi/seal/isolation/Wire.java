package jp.musubi.seal.isolation;

import jp.musubi.seal.inspection.Inspection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the processes say to each other: a line of JSON asks, a line of JSON answers. */
final class Wire {
  /** Longer lines than this are no answer. */
  static final int LONGEST_LINE = 16_000_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Wire() {}

  /** What is to be done with a file. */
  enum Task {
    /** Says nothing; the process is there. */
    GREET,
    /** Inspect it. */
    INSPECT,
    /** Inspect it, write it anew and compare the two. */
    REBUILD,
    /** Draw a page as a PNG. */
    IMAGE,
    /** Read the text of a page. */
    TEXT
  }

  /**
   * A question.
   *
   * @param target where a written file goes; empty for none
   * @param page from 1; 0 for none
   */
  record Question(String id, Task task, String pdf, String target, int page, int width) {}

  /**
   * An answer.
   *
   * @param inspection of the file, for {@link Task#INSPECT} and {@link Task#REBUILD}
   * @param sha256 of the written file; null when none was written
   * @param pages of the written file
   * @param text of the page
   * @param failure why there is no answer; null when there is one
   * @param noSuchPage whether it is that the page is not there
   */
  record Answer(
      String id,
      @Nullable Inspection inspection,
      @Nullable String sha256,
      int pages,
      @Nullable String text,
      @Nullable String failure,
      boolean noSuchPage) {

    static Answer done(String id) {
      return new Answer(id, null, null, 0, null, null, false);
    }

    static Answer of(String id, Inspection inspection) {
      return new Answer(id, inspection, null, 0, null, null, false);
    }

    static Answer text(String id, String text) {
      return new Answer(id, null, null, 0, text, null, false);
    }

    static Answer failed(String id, String failure, boolean noSuchPage) {
      return new Answer(id, null, null, 0, null, failure, noSuchPage);
    }
  }

  static String line(Object said) {
    return JSON.writeValueAsString(said) + "\n";
  }

  static Question question(String line) {
    return JSON.readValue(line, Question.class);
  }

  static Answer answer(String line) {
    return JSON.readValue(line, Answer.class);
  }
}
