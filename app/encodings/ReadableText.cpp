#include "encodings/ReadableText.h"

#include "base/Bytes.h"

#include <algorithm>

namespace sockeye {

bool isReadableText(QByteArrayView bytes)
{
    const bool hasControls = std::any_of(bytes.begin(), bytes.end(), [](char c) {
        return (static_cast<uchar>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    });
    return !hasControls && isValidUtf8(bytes);
}

bool isReadableBeginning(QByteArrayView bytes)
{
    return isReadableText(bytes.chopped(unfinishedBytes(bytes)));
}

QString inOneLine(const QString &text, qsizetype length)
{
    const QString line = text.simplified();
    return line.size() > length ? line.left(length - 1) + u'…' : line;
}

} // namespace sockeye
