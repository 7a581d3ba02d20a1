@NullMarked
package jp.musubi;

import org.jspecify.annotations.NullMarked;
