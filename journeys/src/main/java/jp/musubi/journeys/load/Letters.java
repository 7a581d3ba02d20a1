package jp.musubi.journeys.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jp.musubi.journeys.Inbox;

/** The letters to the counterparties of the load, each read once, with the moment it arrived. */
final class Letters {
  private static final Pattern NUMBER = Pattern.compile("load-(\\d+)@");

  private final Path folder;
  private final int from;
  private final int to;
  private final Set<Path> read = new HashSet<>();
  private final Map<Integer, String> links = new HashMap<>();
  private final Map<Integer, Instant> concluded = new HashMap<>();
  private int repeated;

  /**
   * The letters in a folder.
   *
   * @param from the number of the first counterparty whose letters they are
   * @param to the number after the last
   */
  Letters(Path folder, int from, int to) {
    this.folder = folder;
    this.from = from;
    this.to = to;
  }

  static String address(int number) {
    return "load-%d@mihon.example".formatted(number);
  }

  /** The links by which they come, by number. */
  Map<Integer, String> links() {
    return links;
  }

  /** How many letters came to somebody who had one already. */
  int repeated() {
    return repeated;
  }

  /** When each was told that the contract is concluded, by number. */
  Map<Integer, Instant> concluded() {
    return concluded;
  }

  /** Waits until so many letters of a kind are there. */
  void await(Map<Integer, ?> kind, int count, Duration patience)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    look();
    while (kind.size() < count) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "%d of %d letters came within %s".formatted(kind.size(), count, patience));
      }
      // Files appear without a word; a watch would miss those of before it began.
      Thread.sleep(200);
      look();
    }
  }

  private void look() throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.filter(each -> each.toString().endsWith(".eml")).toList()) {
        if (read.add(file)) {
          take(Inbox.read(file));
        }
      }
    }
  }

  private void take(Inbox.Letter letter) throws IOException {
    var number = NUMBER.matcher(letter.to());
    if (!number.find()) {
      return;
    }
    var who = Integer.parseInt(number.group(1));
    if (who < from || who >= to) {
      return;
    }
    if (letter.subject().contains("確認と署名のお願い")) {
      if (links.put(who, letter.link()) != null) {
        repeated++;
      }
    } else if (letter.subject().contains("契約を締結しました")) {
      concluded.put(who, Files.getLastModifiedTime(letter.file()).toInstant());
    }
  }
}
