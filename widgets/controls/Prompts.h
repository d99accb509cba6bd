#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace sockeye {

/// A question that is answered by doing it or not.
struct Question
{
    QString title;
    QString text;
    /// What the button that goes ahead says, e.g. "Delete".
    QString accept;
};

/// Which file or folder is wanted; a folder has neither filter nor suffix.
struct FileRequest
{
    QString title;
    /// The directory to begin in, or the whole path suggested.
    QString path;
    /// In the form of QFileDialog: "Captures (*.sockeye);;All files (*)".
    QString filter;
    /// Added to a name to save under that has no suffix, without the dot.
    QString suffix;
};

/// Asks the person at the keyboard. Nothing waits: the answer is a call later, and no call comes if the person cancels
/// or the parent goes away. An interface, so that tests set the next answer.
class Prompts
{
public:
    virtual ~Prompts() = default;
    Prompts(const Prompts &) = delete;
    Prompts &operator=(const Prompts &) = delete;

    virtual void confirm(QWidget *parent, const Question &question, std::function<void()> accepted) = 0;
    virtual void tell(QWidget *parent, const QString &title, const QString &text, const QString &details) = 0;
    virtual void openFile(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen) = 0;
    virtual void saveFile(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen) = 0;
    virtual void openFolder(QWidget *parent, const FileRequest &request,
                            std::function<void(const QString &)> chosen) = 0;

protected:
    Prompts() = default;
};

/// With message boxes and file dialogs.
class DialogPrompts final : public Prompts
{
public:
    DialogPrompts() = default;

    void confirm(QWidget *parent, const Question &question, std::function<void()> accepted) override;
    void tell(QWidget *parent, const QString &title, const QString &text, const QString &details) override;
    void openFile(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen) override;
    void saveFile(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen) override;
    void openFolder(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen) override;
};

} // namespace sockeye
