package jp.musubi.platform;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * 人が先. Somebody who has pressed a button waits before a screen; a seal is waited for by nobody in
 * particular. While more buttons are being answered than this machine has processors, work that can
 * wait stands back, for a while and not for ever.
 */
public final class PeopleFirst {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition calm = lock.newCondition();
  private int answering;

  /**
   * Nobody waits yet.
   *
   * @param most so many are answered at the same time without anybody standing back
   */
  public PeopleFirst(int most) {
    this.most = most;
  }

  /** Somebody pressed a button; {@link #answered} has to follow. */
  public void pressed() {
    lock.lock();
    try {
      answering++;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody has the answer. */
  public void answered() {
    lock.lock();
    try {
      answering--;
      if (answering < most) {
        calm.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stands back as long as too many wait for their answers.
   *
   * @param patience and no longer than that
   */
  public void standBack(Duration patience) {
    lock.lock();
    try {
      var left = patience.toNanos();
      while (answering >= most && left > 0) {
        left = calm.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Whoever ends this job finds it where it asks next.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
