package jp.musubi.bench.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** 計測の答え — One line from an engine. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Reply.Cannot.class, name = "cannot"),
  @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply {

  /**
   * The work was done.
   *
   * @param nanos of each round, parts included
   * @param partsNanos of each round, the parts alone; 0 where the engine does not tell
   * @param bytes of the target
   * @param keyOperations of the last round; 0 where the engine does not tell
   */
  record Done(List<Long> nanos, List<Long> partsNanos, long bytes, int keyOperations)
      implements Reply {
    public Done {
      nanos = List.copyOf(nanos);
      partsNanos = List.copyOf(partsNanos);
    }
  }

  /** The engine has no such work. */
  record Cannot(String why) implements Reply {}

  /** The engine tried and did not succeed. */
  record Failed(String why) implements Reply {}
}
