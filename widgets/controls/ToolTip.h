#pragma once

#include "base/CombiningMarks.h"

#include <QString>
#include <QTextDocument>

namespace sockeye {

/// A tool tip of words that are not ours (a peer's, a file's), shown to the letter. Tool tips have no plain-text
/// format: what looks like rich text would be taken for it, and could fetch pictures.
inline QString plainToolTip(const QString &words)
{
    const QString text = withFewMarks(words);
    // Only then, because screen readers read a tool tip as it stands.
    if (!Qt::mightBeRichText(text))
        return text;
    return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

} // namespace sockeye
