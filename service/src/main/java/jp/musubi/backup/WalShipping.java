package jp.musubi.backup;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shelves what PostgreSQL finished, every few seconds while the service runs. */
final class WalShipping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalShipping.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

  private final WalShelf shelf;
  private final Thread thread;

  private WalShipping(WalShelf shelf) {
    this.shelf = shelf;
    this.thread = Thread.ofVirtual().name("wal-shipping").unstarted(this::run);
  }

  static WalShipping start(WalShelf shelf) {
    var shipping = new WalShipping(shelf);
    shipping.thread.start();
    return shipping;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        // The tray is filled by another process.
        Thread.sleep(ship() ? INTERVAL : AFTER_TROUBLE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ship() {
    try {
      shelf.ship();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.error("the write-ahead log could not be kept; it waits in its tray", e);
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
