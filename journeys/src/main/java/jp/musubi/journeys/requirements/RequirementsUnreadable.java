package jp.musubi.journeys.requirements;

/** The requirements file says something that cannot be read as rows; the message says where. */
final class RequirementsUnreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RequirementsUnreadable(String message) {
    super(message);
  }

  RequirementsUnreadable(String message, Throwable cause) {
    super(message, cause);
  }
}
