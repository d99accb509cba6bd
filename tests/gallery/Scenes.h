#pragma once

#include <QDir>

class QWidget;

namespace sockeye {

class ConnectionTab;
class DocumentTab;
class Prompts;

namespace gallery {

/// Ends the program with these words unless it holds.
void require(bool holds, const char *what);
/// Lets everything be read and painted, then takes the picture.
void take(QWidget &widget, const QDir &directory, const QString &name);
/// Brings a page of the inspector to the front.
void choosePage(const DocumentTab &tab, const QString &name);

/// Every page of the options, filled in. `only` names the one page that is wanted; empty for all.
void takeOptions(Prompts &prompts, const QDir &directory, const QString &only);
/// The composer's raw frame, with a broken rule and the bytes; `all` takes the strip on fragments too.
void takeComposer(ConnectionTab &tab, const QDir &directory, bool all);
/// Timing and end of a connection that was open.
void takeEnd(ConnectionTab &tab, const QDir &directory);
/// What is offered when a certificate is refused or a check of the reply fails, TLS facts, and the wait for the next
/// attempt.
void takeTrouble(ConnectionTab &tab, const QDir &directory);

} // namespace gallery
} // namespace sockeye
