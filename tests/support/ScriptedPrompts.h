#pragma once

#include "widgets/controls/Prompts.h"

#include <QStringList>

namespace sockeye::test {

/// Answers at once with what the test has set, and keeps what was asked and told.
class ScriptedPrompts final : public Prompts
{
public:
    bool accept = true;
    /// The next file chosen; empty cancels.
    QString file;
    QStringList asked;
    QStringList told;
    FileRequest lastRequest;

    void confirm(QWidget *, const Question &question, std::function<void()> accepted) override
    {
        asked += question.text;
        if (accept)
            accepted();
    }
    void tell(QWidget *, const QString &, const QString &text, const QString &details) override
    {
        told += text + u'\n' + details;
    }
    void openFile(QWidget *, const FileRequest &request, std::function<void(const QString &)> chosen) override
    {
        choose(request, chosen);
    }
    void saveFile(QWidget *, const FileRequest &request, std::function<void(const QString &)> chosen) override
    {
        choose(request, chosen);
    }
    void openFolder(QWidget *, const FileRequest &request, std::function<void(const QString &)> chosen) override
    {
        choose(request, chosen);
    }

private:
    void choose(const FileRequest &request, const std::function<void(const QString &)> &chosen)
    {
        lastRequest = request;
        if (!file.isEmpty())
            chosen(file);
    }
};

} // namespace sockeye::test
