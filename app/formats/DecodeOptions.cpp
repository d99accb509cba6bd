#include "formats/DecodeOptions.h"

namespace sockeye {

namespace {

/// "*" stands for any characters, as often as it comes.
bool isGlobMatched(QStringView pattern, QStringView text)
{
    // Where to go on after the last star if what follows it does not fit here.
    qsizetype star = -1;
    qsizetype from = 0;
    qsizetype at = 0;
    qsizetype done = 0;
    while (done < text.size()) {
        if (at < pattern.size() && pattern[at] == u'*') {
            star = at++;
            from = done;
        } else if (at < pattern.size() && pattern[at] == text[done]) {
            ++at;
            ++done;
        } else if (star >= 0) {
            at = star + 1;
            done = ++from;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == u'*')
        ++at;
    return at == pattern.size();
}

/// What stands before the next "/", which both lose.
QStringView takeLevel(QStringView &text, bool &isLast)
{
    const qsizetype end = text.indexOf(u'/');
    isLast = end < 0;
    const QStringView level = isLast ? text : text.first(end);
    text = isLast ? QStringView() : text.sliced(end + 1);
    return level;
}

} // namespace

bool isTopicMatched(QStringView pattern, QStringView topic)
{
    // A star is no matter of levels.
    if (pattern.contains(u'*'))
        return isGlobMatched(pattern, topic);
    bool isPatternDone = false;
    bool isTopicDone = false;
    while (true) {
        // "a/#" is "a", too.
        if (pattern == u"#")
            return true;
        if (isTopicDone || isPatternDone)
            return isTopicDone && isPatternDone;
        const QStringView wanted = takeLevel(pattern, isPatternDone);
        const QStringView level = takeLevel(topic, isTopicDone);
        if (wanted != u"+" && wanted != level)
            return false;
    }
}

} // namespace sockeye
