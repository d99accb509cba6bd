#include "endpoint/RequestTarget.h"

#include "endpoint/UrlText.h"

#include <QSet>

namespace sockeye {

namespace {
// What these sets do not name is controls, blanks and bytes beyond ASCII, which are encoded everywhere.
constexpr QByteArrayView NotInPath = "\"#<>^`{}\\";
constexpr QByteArrayView NotInQuery = "\"#<>";

template<typename View, typename Character>
qsizetype pathEnd(View typed, Character question)
{
    const qsizetype at = typed.indexOf(question);
    return at < 0 ? typed.size() : at;
}
} // namespace

RequestTarget RequestTarget::fromTyped(QByteArrayView typed)
{
    const qsizetype end = pathEnd(typed, '?');
    return {percentEncoded(typed.first(end), NotInPath), percentEncoded(typed.sliced(end), NotInQuery)};
}

QList<EncodedCharacter> encodedCharacters(QStringView typed)
{
    const qsizetype end = pathEnd(typed, u'?');
    QList<EncodedCharacter> found;
    // A novel may have been pasted: a list of thousands would be searched for each character.
    QSet<QString> seen;
    for (qsizetype at = 0; at < typed.size();) {
        const bool isPair = typed[at].isHighSurrogate() && at + 1 < typed.size() && typed[at + 1].isLowSurrogate();
        const QString character = typed.sliced(at, isPair ? 2 : 1).toString();
        const QByteArray sent = percentEncoded(character.toUtf8(), at < end ? NotInPath : NotInQuery);
        if (sent != character.toUtf8() && !seen.contains(character)) {
            seen.insert(character);
            found.append({character, sent});
        }
        at += character.size();
    }
    return found;
}

} // namespace sockeye
