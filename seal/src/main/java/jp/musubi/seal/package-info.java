@NullMarked
package jp.musubi.seal;

import org.jspecify.annotations.NullMarked;
