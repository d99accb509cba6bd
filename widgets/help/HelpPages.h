#pragma once

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace sockeye {

/// A document of the project that is read inside of the program, too. Its file's name is what the documents' links to
/// each other say.
struct HelpPage
{
    QString file;
    QString title;
};

/// The documents that come with the program, in its resources.
class HelpPages final
{
    Q_DECLARE_TR_FUNCTIONS(HelpPages)

public:
    HelpPages() = delete;

    /// In the order in which they are offered.
    [[nodiscard]] static QList<HelpPage> all();
    /// The page's text as Markdown, without pictures, which the program does not carry along.
    [[nodiscard]] static QString markdown(const QString &file);

    [[nodiscard]] static QString guide();
    [[nodiscard]] static QString whatIsNew();
};

} // namespace sockeye
