package jp.musubi.notification;

import java.util.Optional;
import java.util.regex.Pattern;

/** 文面を変えられるところ. A place in letters to counterparties where a body says it its own way. */
public enum LetterPart {
  /** 差出人の名前, instead of the body's name alone. */
  SENDER_NAME(60, 1),
  /** 結びの言葉, below every letter: who answers questions, and when. */
  CLOSING(500, 20),
  /** Before the request to agree. */
  INVITATION(500, 20),
  /** Before the request is made once more. */
  REMINDER(500, 20),
  /** Before a new link. */
  FRESH_LINK(500, 20),
  /** Before the receipt of an agreement. */
  AGREED(500, 20),
  /** Before the news of conclusion. */
  CONCLUDED(500, 20),
  /** Before the receipt of a refusal. */
  DECLINED(500, 20),
  /** Before the receipt of a contract that was sent back. */
  RETURNED(500, 20),
  /** Before the receipt of passing a contract on. */
  DELEGATED(500, 20),
  /** Before the news that the body goes on with paper. */
  MOVED_TO_PAPER(500, 20),
  /** Before the news that the body took the contract back. */
  WITHDRAWN(500, 20),
  /** Before the news that the deadline passed. */
  EXPIRED(500, 20),
  /** Before the news that the council has said yes. */
  COUNCIL_PASSED(500, 20),
  /** Before the news that the council has said no. */
  COUNCIL_REJECTED(500, 20);

  // Whoever gets a letter is told to look where its links lead (WEB-6): ours are the only ones.
  private static final Pattern ADDRESS =
      Pattern.compile("://|www\\.|\\{link:", Pattern.CASE_INSENSITIVE);

  private final int characters;
  private final int lines;

  LetterPart(int characters, int lines) {
    this.characters = characters;
    this.lines = lines;
  }

  /** Most characters, as a person counts them. */
  public int characters() {
    return characters;
  }

  /** Most lines. */
  public int lines() {
    return lines;
  }

  /** Whether it is one of the openings, which stand in one kind of letter each. */
  public boolean opens() {
    return this != SENDER_NAME && this != CLOSING;
  }

  /** Why words cannot stand in a letter. */
  public enum Problem {
    /** They lead somewhere: a letter's links are the service's. */
    ADDRESS,
    /** More lines than leave the letter's own words in sight. */
    MANY_LINES,
    /** A sender that does not name the body could be anybody. */
    BODY_NOT_NAMED
  }

  /**
   * What keeps words from standing here.
   *
   * @param words as typed, lines ended by {@code \n}
   * @param body the body's name
   */
  public Optional<Problem> problemOf(String words, String body) {
    if (ADDRESS.matcher(words).find()) {
      return Optional.of(Problem.ADDRESS);
    }
    if (words.lines().count() > lines) {
      return Optional.of(Problem.MANY_LINES);
    }
    return this == SENDER_NAME && !words.isEmpty() && !words.contains(body)
        ? Optional.of(Problem.BODY_NOT_NAMED)
        : Optional.empty();
  }
}
